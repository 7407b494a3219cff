//! A board over more teams than anybody reads one by one.

use diesel::prelude::*;
use nuanfang::accounts::TeamId;
use nuanfang::campaigns::CampaignId;
use nuanfang::each;
use nuanfang::kit::db::schema::{progress, progress_days, teams};
use serde_json::json;

use crate::both;

both! {
    async fn where_there_are_very_many_teams_the_whole_is_foreseen_and_not_each(app: TestApp) {
        let street = app.street(1).await;
        let (org, campaign) = (street.city.org("east1"), CampaignId::parse(&street.season.campaign).expect("an id"));
        let ids: Vec<TeamId> = (0..201).map(|_| TeamId::fresh(app.now(), app.parts.db.chance())).collect();
        let work = app.parts.db.upkeep(move |tx| {
            let named = |(n, id): (usize, &TeamId)| {
                (teams::id.eq(*id), teams::org_id.eq(org), teams::code.eq(format!("M{n}")), teams::name.eq(format!("第{n}组")), teams::version.eq(1_i64), teams::made_at.eq(0_i64))
            };
            let named: Vec<_> = ids.iter().enumerate().map(named).collect();
            let counted = |id: &TeamId| {
                (
                    (progress::campaign_id.eq(campaign), progress::org_id.eq(org), progress::team_id.eq(id.to_string()), progress::category.eq("sudden")),
                    (progress::standing.eq("matched"), progress::reached.eq(true), progress::households.eq(1_i64)),
                    (progress::promised_fen.eq(0_i64), progress::handed_fen.eq(0_i64)),
                )
            };
            let counted: Vec<_> = ids.iter().map(counted).collect();
            let on_a_day = |id: &TeamId| {
                (
                    (progress_days::campaign_id.eq(campaign), progress_days::org_id.eq(org), progress_days::team_id.eq(id.to_string())),
                    (progress_days::day.eq("2027-01-21"), progress_days::reached.eq(true), progress_days::households.eq(1_i64)),
                )
            };
            let on_a_day: Vec<_> = ids.iter().map(on_a_day).collect();
            each!(&mut *tx.conn, |c| diesel::insert_into(teams::table).values(&named).execute(c))?;
            each!(&mut *tx.conn, |c| diesel::insert_into(progress::table).values(&counted).execute(c))?;
            each!(&mut *tx.conn, |c| diesel::insert_into(progress_days::table).values(&on_a_day).execute(c))?;
            Ok(())
        });
        work.await.expect("many teams");
        let told = street.city.centre().get(&format!("/progress?campaign={}", street.season.campaign)).await.ok();
        assert_eq!(told["by_day"], json!([{"day": "2027-01-21", "reached": 201, "attempted": 0}]));
        assert_eq!((told["by_team"].as_array().map(Vec::len), &told["by_team"][0]["forecast"]), (Some(202), &json!(null)));
        assert_eq!((&told["reached"], &told["forecast"]["basis"]), (&json!(201), &json!("too_early")));
        let lead = street.city.lead().get(&format!("/progress?campaign={}", street.season.campaign)).await.ok();
        assert_eq!((lead["by_team"].as_array().map(Vec::len), &lead["by_team"][0]["forecast"]["basis"]), (Some(1), &json!("not_begun")));
    }
}
