//! Households on a map.

use serde_json::{Value, json};

use crate::both;
use crate::kit::people::Person;
use crate::kit::street::Street;

async fn places(person: &Person, street: &Street, rest: &str) -> Value {
    person.get(&format!("/progress/places?campaign={}{rest}", street.season.campaign)).await.ok()
}

/// Says where a household lives.
async fn move_to(street: &Street, n: usize, home: &Value) {
    let (centre, path) = (street.city.centre(), format!("/households/{}", street.households[n]));
    let version = centre.get(&path).await.ok()["version"].as_i64().expect("a version");
    centre.patch(&path, version, &json!({"home": home})).await.ok();
}

fn of(place: &Value) -> (f64, f64) {
    (place["latitude"].as_f64().expect("degrees"), place["longitude"].as_f64().expect("degrees"))
}

both! {
    async fn few_are_told_one_by_one_where_they_live_whatever_the_datum(app: TestApp) {
        let street = app.street(4).await;
        for n in 0..4 {
            move_to(&street, n, &Value::Null).await;
        }
        let lead = street.city.lead();
        let none = places(lead, &street, "").await;
        assert_eq!((&none["households"], &none["without_place"], &none["each"], &none["cells"], &none["base_map"]), (&json!(0), &json!(4), &json!([]), &json!([]), &json!(null)));
        move_to(&street, 0, &json!({"latitude": 30.66, "longitude": 104.08, "datum": "wgs84"})).await;
        move_to(&street, 1, &json!({"latitude": 30.66, "longitude": 104.08, "datum": "gcj02"})).await;
        app.record(street.city.cadre(), &[street.honest(0, app.now(), "a")]).await;
        let told = places(lead, &street, "").await;
        assert_eq!((&told["households"], &told["without_place"]), (&json!(2), &json!(2)));
        let each = told["each"].as_array().expect("households");
        let named = |n: usize| each.iter().find(|one| one["id"] == json!(street.households[n])).expect("a household");
        assert_eq!((of(named(0)), &named(0)["head_name"], &named(0)["team_name"]), ((30.66, 104.08), &json!("户主0"), &json!("东一组")));
        assert_ne!(named(0)["standing"], "unreached");
        assert_eq!(named(1)["standing"], "unreached");
        let (latitude, longitude) = of(named(1));
        assert!((latitude - 30.6625).abs() < 0.002 && (longitude - 104.0775).abs() < 0.002, "moved to WGS 84: {latitude} {longitude}");
        let there = places(lead, &street, "&west=104.0795&south=30.6595&east=104.0805&north=30.6605").await;
        assert_eq!(there["each"].as_array().map(Vec::len), Some(1), "the other lives half a kilometre away");
        assert_eq!(there["each"][0]["id"], json!(street.households[0]));
        assert_eq!(places(lead, &street, "&standing=unreached").await["each"][0]["id"], json!(street.households[1]));
        assert_eq!(places(lead, &street, &format!("&team={}", street.team("E2"))).await["households"], 0);
    }

    async fn many_are_gathered_and_none_is_lost(app: TestApp) {
        let street = app.street(500).await;
        app.parts.db.upkeep(|tx| {
            let text = "UPDATE households SET home_datum = 'wgs84', home_latitude = 30.0 + LENGTH(head_name) * 0.001 + LENGTH(address) * 0.01, \
                        home_longitude = 104.0 + LENGTH(head_name) * 0.02";
            Ok(nuanfang::each!(&mut *tx.conn, |c| diesel::RunQueryDsl::execute(diesel::sql_query(text), c))?)
        }).await.expect("homes");
        let told = places(street.city.centre(), &street, "").await;
        let cells = told["cells"].as_array().expect("cells");
        let sum = |key: &str| cells.iter().map(|cell| cell[key].as_i64().expect("a count")).sum::<i64>();
        assert_eq!((&told["households"], sum("households"), told["each"].as_array().map(Vec::len)), (&json!(500), 500, Some(0)));
        assert!((2..50).contains(&cells.len()), "{}", cells.len());
        assert_eq!(cells.iter().map(|cell| cell["by_standing"]["unreached"].as_i64().expect("a count")).sum::<i64>(), 500);
    }

    async fn each_sees_their_own_on_the_map_and_what_cannot_be_a_part_of_it_is_said(app: TestApp) {
        let street = app.street(2).await;
        let city = &street.city;
        for (person, seen) in [(city.lead(), 2), (city.cadre(), 2), (city.centre(), 2), (city.auditor(), 2), (city.other_lead(), 0)] {
            let told = places(person, &street, "").await;
            assert_eq!(told["households"].as_i64().expect("a count") + told["without_place"].as_i64().expect("a count"), seen);
        }
        let path = format!("/progress/places?campaign={}", street.season.campaign);
        assert_eq!(city.foreign().centre().get(&path).await.problem(404), "not_found");
        let lead = city.lead();
        for rest in ["&west=1", "&west=104&south=30&east=103&north=31", "&west=-181&south=30&east=103&north=31", "&standing=asleep"] {
            assert_eq!(lead.get(&format!("{path}{rest}")).await.problem(422), "invalid", "{rest}");
        }
        assert_eq!(lead.get("/progress/places").await.problem(422), "invalid");
    }
}
