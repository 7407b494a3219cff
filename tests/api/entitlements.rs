//! Who gets which: once for each approved household, frozen with the facts that decided.

use diesel::prelude::*;
use nuanfang::accounts::{OrgId, TeamId};
use nuanfang::each;
use nuanfang::households::HouseholdId;
use nuanfang::kit::db::schema::{entitlements, households, log};
use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

/// A household to be put on file.
#[derive(Clone, Copy)]
struct File {
    id: HouseholdId,
    org: OrgId,
    team: Option<TeamId>,
    category: &'static str,
    status: &'static str,
}

impl File {
    fn of(app: &TestApp, city: &City, team: &str, category: &'static str) -> Self {
        let org = match team {
            "E1" | "E2" => "east1",
            "E3" => "east2",
            _ => "west1",
        };
        let id = HouseholdId::fresh(app.now(), app.parts.db.chance());
        Self { id, org: city.org(org), team: Some(city.team(team)), category, status: "approved" }
    }
}

async fn put_on_file(app: &TestApp, files: Vec<File>) {
    let work = app.parts.db.upkeep(move |tx| {
        let rows: Vec<_> = files
            .iter()
            .map(|file| {
                (
                    (households::id.eq(file.id), households::org_id.eq(file.org), households::team_id.eq(file.team)),
                    (households::head_name.eq("张三"), households::head_id_number.eq(file.id.to_string()), households::address.eq("东关街 1 号")),
                    (households::category.eq(file.category), households::status.eq(file.status), households::remarks.eq("")),
                    (households::migrant.eq(false), households::laid_off.eq(false), households::retired.eq(false)),
                    (households::version.eq(3_i64), households::made_at.eq(0_i64)),
                )
            })
            .collect();
        for rows in rows.chunks(1_000) {
            each!(&mut *tx.conn, |c| diesel::insert_into(households::table).values(rows).execute(c))?;
        }
        Ok(())
    });
    work.await.expect("files");
}

/// Sets a season up and its standards: 800 yuan and two bags for `sudden`, 1,000 yuan for `below_line`, two bags for `student`.
async fn promised(app: &TestApp, city: &City) -> Season {
    let season = app.season(city).await;
    let rice = [json!({"item_id": season.rice, "quantity_milli": 2_000})];
    let standards = json!([Season::standard("sudden", 80_000, &rice), Season::standard("below_line", 100_000, &[]), Season::standard("student", 0, &rice)]);
    city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
    season
}

async fn listed(city: &City, who: &str, season: &Season) -> Vec<Value> {
    city.person(who).get(&format!("/campaigns/{}/entitlements", season.campaign)).await.ok()["items"].as_array().expect("items").clone()
}

both! {
    async fn opening_promises_each_approved_household_its_categorys_standard(app: TestApp) {
        let city = app.city().await;
        let season = promised(&app, &city).await;
        let sudden = File::of(&app, &city, "E1", "sudden");
        let student = File::of(&app, &city, "E3", "student");
        let unpromised = File::of(&app, &city, "E1", "veteran_family");
        let unapproved = File { status: "noticed", ..File::of(&app, &city, "E1", "sudden") };
        let foreign = File::of(&app, &city, "W1", "sudden");
        put_on_file(&app, vec![sudden, student, unpromised, unapproved, foreign]).await;
        let opened = city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        assert_eq!(opened["frozen"], json!({"entitled": 2, "before": 0, "without_standard": 1, "cash_fen": 80_000}));
        let found = listed(&city, "centre", &season).await;
        assert_eq!(found.len(), 2);
        let of = |file: File| found.iter().find(|e| e["household_id"] == file.id.as_str()).expect("an entitlement").clone();
        let entitlement = of(sudden);
        assert_eq!((&entitlement["cash_fen"], &entitlement["purpose"]), (&json!(80_000), &json!("living")));
        assert_eq!(entitlement["goods"], json!([{"item_id": season.rice, "quantity_milli": 2_000}]));
        let facts = &entitlement["facts"];
        assert_eq!((&facts["category"], &facts["household_version"], &facts["policy_version"]), (&json!("sudden"), &json!(3), &json!(1)));
        assert_eq!(facts["standard"]["cash_fen"], 80_000);
        assert_eq!((&of(student)["cash_fen"], &of(student)["goods"][0]["quantity_milli"]), (&json!(0), &json!(2_000)));
    }

    async fn files_approved_later_are_taken_in_and_earlier_promises_stay(app: TestApp) {
        let city = app.city().await;
        let season = promised(&app, &city).await;
        let first = File::of(&app, &city, "E1", "sudden");
        put_on_file(&app, vec![first]).await;
        let path = format!("/campaigns/{}", season.campaign);
        assert_eq!(city.centre().post(&format!("{path}/entitlements"), &json!({})).await.problem(409), "campaign_not_open");
        city.centre().post(&format!("{path}/open"), &json!({})).await.ok();
        let before = listed(&city, "centre", &season).await;
        let id = first.id;
        let changed = app.parts.db.upkeep(move |tx| {
            Ok(diesel::update(households::table.find(id)).set((households::category.eq("below_line"), households::version.eq(4_i64))).execute(tx.conn)?)
        });
        assert_eq!(changed.await.expect("a change"), 1);
        put_on_file(&app, vec![File::of(&app, &city, "E2", "below_line")]).await;
        let frozen = city.centre().post(&format!("{path}/entitlements"), &json!({})).await.ok();
        assert_eq!(frozen, json!({"entitled": 1, "before": 1, "without_standard": 0, "cash_fen": 100_000}));
        let again = city.centre().post(&format!("{path}/entitlements"), &json!({})).await.ok();
        assert_eq!((&again["entitled"], &again["before"]), (&json!(0), &json!(2)));
        assert!(listed(&city, "centre", &season).await.contains(&before[0]), "a promise once made does not change with the file");
    }

    async fn a_cadre_sees_what_their_own_teams_households_receive(app: TestApp) {
        let city = app.city().await;
        let season = promised(&app, &city).await;
        let files: Vec<File> = ["E1", "E1", "E2", "E3"].iter().map(|team| File::of(&app, &city, team, "sudden")).collect();
        put_on_file(&app, files).await;
        city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        for (who, count) in [("cadre", 2), ("lead", 2), ("other_cadre", 1), ("neighbour_cadre", 1), ("supervisor", 4), ("auditor", 4)] {
            assert_eq!(listed(&city, who, &season).await.len(), count, "{who}");
        }
        let path = format!("/campaigns/{}/entitlements", season.campaign);
        assert_eq!(city.admin().get(&path).await.status, 404);
        assert_eq!(city.foreign().auditor().get(&path).await.status, 404);
        let one = listed(&city, "other_cadre", &season).await[0]["household_id"].as_str().expect("an id").to_owned();
        for (who, count) in [("auditor", 1), ("other_cadre", 1), ("cadre", 0)] {
            let found = city.person(who).get(&format!("{path}?household={one}")).await.ok();
            assert_eq!(found["items"].as_array().map(Vec::len), Some(count), "{who} asks for one household");
        }
        let page = city.auditor().get(&format!("{path}?limit=3")).await.ok();
        let rest = city.auditor().get(&format!("{path}?limit=3&after={}", page["next"].as_str().expect("more"))).await.ok();
        assert_eq!((page["items"].as_array().map(Vec::len), rest["items"].as_array().map(Vec::len)), (Some(3), Some(1)));
    }

    async fn more_households_than_one_statement_can_carry_are_promised_at_once(app: TestApp) {
        let city = app.city().await;
        let season = promised(&app, &city).await;
        put_on_file(&app, (0..5_001).map(|_| File::of(&app, &city, "E1", "sudden")).collect()).await;
        let opened = city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        assert_eq!(opened["frozen"]["entitled"], 5_001);
        let counts = app.parts.db.read(|conn| {
            let promises: i64 = entitlements::table.count().get_result(conn)?;
            let events: i64 = log::table.filter(log::verb.eq("entitlement.frozen")).count().get_result(conn)?;
            Ok((promises, events))
        });
        assert_eq!(counts.await.expect("counts"), (5_001, 5_001));
    }
}
