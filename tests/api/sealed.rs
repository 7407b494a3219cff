//! Sealed envelopes at the door: opened, refused, renewed, brought by another; the way back into a phone's vault.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nuanfang::campaigns::{Secret, lock_keys_anew, renew_seal_keys};
use nuanfang::kit::clock::{Chance, HOUR_MS, MINUTE_MS};
use nuanfang::kit::digest::sha256_hex;
use nuanfang::kit::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};
use crate::kit::phone::{Phone, Told, sealed_to};
use crate::kit::underway::{Underway, ago};

const PHOTO: &[u8] = include_bytes!("../data/photos/no_exif.jpg");

fn honest(app: &TestApp, season: &Underway, n: usize) -> Told {
    Told::honest(&season.campaign, &season.households[n], &season.entitlements[n], &season.fund, ago(app, HOUR_MS))
}

/// The key of the campaign, as the next pull gives it.
async fn key_of(person: &Person) -> Value {
    person.get("/field/pull").await.ok()["campaigns"][0]["seal_key"].clone()
}

fn envelope_of(key: &Value, plain: &[u8]) -> Vec<u8> {
    sealed_to(key, plain, &format!("picture\n{}", sha256_hex(plain)))
}

async fn put(person: &Person, name: &str, envelope: Vec<u8>) -> Reply {
    let request = person.call(Method::PUT, &format!("/evidence/{name}")).header("Content-Type", "application/vnd.nuanfang.sealed");
    Reply::of(request.body(envelope).send().await.expect("an answer")).await
}

async fn append(person: &Person, name: &str, whole: &[u8], (from, to): (usize, usize)) -> Reply {
    let request = person
        .call(Method::PATCH, &format!("/evidence/{name}"))
        .header("Content-Type", "application/partial-upload")
        .header("Upload-Offset", from.to_string())
        .header("Upload-Complete", if to == whole.len() { "?1" } else { "?0" });
    Reply::of(request.body(whole[from..to].to_vec()).send().await.expect("an answer")).await
}

/// What became of one item.
async fn result_of(phone: &Phone, person: &Person, item: &Value) -> Value {
    phone.push(person, std::slice::from_ref(item)).await.ok()["results"][0].clone()
}

both! {
    async fn a_sealed_visit_and_its_sealed_picture_become_what_was_sealed(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 1).await;
        let key = key_of(city.cadre()).await;
        assert_eq!(key, key_of(city.cadre()).await, "one key, however often it is asked for");
        let name = sha256_hex(PHOTO);
        let told = honest(&app, &season, 0).with_evidence(&name, "photo", PHOTO.len(), ago(&app, HOUR_MS));
        let mut phone = Phone::new(app.now());
        let item = phone.sealed_item(&key, "visit", &told.0, app.now());
        let first = result_of(&phone, city.cadre(), &item).await;
        assert_eq!((first["status"].as_str(), &first["missing_evidence"]), (Some("stored"), &json!([name])));
        let again = result_of(&phone, city.cadre(), &item).await;
        assert_eq!((again["status"].as_str(), &again["receipt"]), (Some("duplicate"), &first["receipt"]));

        assert_eq!(put(city.cadre(), &name, envelope_of(&key, PHOTO)).await.status, 201);
        assert_eq!(put(city.cadre(), &name, envelope_of(&key, PHOTO)).await.status, 200, "sealed anew, it is the same picture");
        let facts = city.cadre().get(&format!("/evidence/{name}/facts")).await.ok();
        assert_eq!((facts["bytes"].as_u64(), facts["media_type"].as_str()), (Some(PHOTO.len() as u64), Some("image/jpeg")));
        let original = city.supervisor().get(&format!("/evidence/{name}?size=original")).await;
        assert_eq!(original.bytes, PHOTO, "what was sealed is what is kept");
        let visit = city.supervisor().get(&format!("/visits/{}", item["id"].as_str().unwrap())).await.ok();
        assert_eq!(visit["recipient"]["name"], told.0["recipient"]["name"]);
    }

    async fn a_sealed_picture_comes_in_parts_too(app: TestApp) {
        let city = app.city().await;
        city.underway(&app, 1).await;
        let key = key_of(city.cadre()).await;
        let (name, envelope) = (sha256_hex(PHOTO), envelope_of(&key, PHOTO));
        // The first part is so short that it does not say what it is.
        assert_eq!(append(city.cadre(), &name, &envelope, (0, 3)).await.status, 204);
        let half = envelope.len() / 2;
        assert_eq!(append(city.cadre(), &name, &envelope, (3, half)).await.status, 204);
        assert_eq!(append(city.cadre(), &name, &envelope, (half, envelope.len())).await.status, 201);
        assert_eq!(city.supervisor().get(&format!("/evidence/{name}?size=original")).await.bytes, PHOTO);
    }

    async fn a_large_sealed_picture_is_opened_from_the_disk(app: TestApp) {
        let city = app.city().await;
        city.underway(&app, 1).await;
        let key = key_of(city.cadre()).await;
        // Beyond what is gathered in memory; behind the end of the picture anything may stand.
        let large = [PHOTO, &vec![7; 5 << 20]].concat();
        let name = sha256_hex(&large);
        assert_eq!(put(city.cadre(), &name, envelope_of(&key, &large)).await.status, 201);
        assert_eq!(city.supervisor().get(&format!("/evidence/{name}?size=original")).await.bytes, large);
        let most = vec![0; 15 << 20];
        assert_eq!(put(city.cadre(), &sha256_hex(&most), envelope_of(&key, &most)).await.problem(415), "unsupported_media_type");
        let over = vec![0; (15 << 20) + 1];
        assert_eq!(put(city.cadre(), &sha256_hex(&over), envelope_of(&key, &over)).await.problem(413), "too_large");
    }

    async fn what_does_not_open_is_refused_by_itself(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 4).await;
        let key = key_of(city.cadre()).await;
        let mut phone = Phone::new(app.now());
        let mut items: Vec<Value> = (0..4).map(|n| phone.sealed_item(&key, "visit", &honest(&app, &season, n).0, app.now())).collect();
        // Another's envelope; a flipped bit; a key nobody has; and one as it should be.
        let others = items[1]["sealed"].clone();
        items[0]["sealed"] = others;
        let mut flipped = STANDARD.decode(items[1]["sealed"].as_str().unwrap()).unwrap();
        flipped[200] ^= 4;
        items[1]["sealed"] = json!(STANDARD.encode(flipped));
        let strange = json!({"id": Id::fresh(app.now(), &Chance::system()).as_str(), "public_key": key["public_key"]});
        items[2]["sealed"] = json!(STANDARD.encode(sealed_to(&strange, b"{}", "item")));
        let answer = phone.push(city.cadre(), &items).await.ok();
        let code = |n: usize| (answer["results"][n]["status"].as_str().unwrap(), answer["results"][n]["problem"]["code"].as_str().unwrap_or_default());
        assert_eq!([code(0), code(1), code(2), code(3)], [("refused", "seal_broken"), ("refused", "seal_broken"), ("refused", "seal_key_unknown"), ("stored", "")]);
        assert_eq!(answer["device"], json!({"accepted_through": 2, "gaps": [3]}), "what may pass later has no place in the chain yet");

        let name = sha256_hex(PHOTO);
        let mut broken = envelope_of(&key, PHOTO);
        let last = broken.len() - 1;
        broken[last] ^= 1;
        assert_eq!(put(city.cadre(), &name, broken).await.problem(422), "seal_broken");
        assert_eq!(put(city.cadre(), &name, b"no envelope".to_vec()).await.problem(422), "hash_mismatch");
        assert_eq!(put(city.cadre(), &name, sealed_to(&key, PHOTO, "picture\nof another name")).await.problem(422), "seal_broken");
        let lie = sealed_to(&key, b"another picture", &format!("picture\n{name}"));
        assert_eq!(put(city.cadre(), &name, lie).await.problem(422), "hash_mismatch");
        assert_eq!(put(city.cadre(), &name, sealed_to(&strange, PHOTO, "picture")).await.problem(422), "seal_key_unknown");
        assert_eq!(city.cadre().get(&format!("/evidence/{name}/facts")).await.status, 404, "nothing stays behind");
    }

    async fn old_keys_go_on_opening_when_keys_and_secret_are_renewed(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 2).await;
        let old = key_of(city.cadre()).await;
        let mut phone = Phone::new(app.now());
        let early = phone.sealed_item(&old, "visit", &honest(&app, &season, 0).0, app.now());
        app.pass_ms(1_000);
        assert_eq!(renew_seal_keys(&app.parts.db, app.parts.studio.seals(), None).await.unwrap(), 1);
        let new = key_of(city.cadre()).await;
        assert_ne!(old, new);
        let late = phone.sealed_item(&new, "visit", &honest(&app, &season, 1).0, app.now());
        let answer = phone.push(city.cadre(), &[early, late]).await.ok();
        assert_eq!([&answer["results"][0]["status"], &answer["results"][1]["status"]], ["stored", "stored"]);

        let data = &app.parts.settings.data;
        let secret = Secret::load(data).unwrap().unwrap().renewed(&Chance::system()).unwrap();
        assert_eq!(lock_keys_anew(&app.parts.db, &secret).await.unwrap(), (2, 0));
        let alone = secret.alone().unwrap();
        assert_eq!(lock_keys_anew(&app.parts.db, &alone).await.unwrap(), (2, 0), "the new secret alone opens them all");
        std::fs::remove_file(data.join("sealing-secret")).unwrap();
        let another = Secret::load_or_make(data, &Chance::system()).unwrap();
        assert_eq!(lock_keys_anew(&app.parts.db, &another).await.unwrap(), (0, 2), "and no other does");
    }

    async fn a_vault_key_comes_back_to_its_person_alone(app: TestApp) {
        let city = app.city().await;
        city.underway(&app, 1).await;
        let key = key_of(city.cadre()).await;
        let device = Phone::new(app.now()).device;
        let vault = [42; 32];
        let what = format!("vault\n{}\n{device}", city.cadre().id());
        let ask = |sealed: &[u8]| json!({"device": device, "sealed": STANDARD.encode(sealed)});
        let sealed = sealed_to(&key, &vault, &what);
        assert_eq!(city.cadre().post("/field/vault", &ask(&sealed)).await.ok(), json!({"key": STANDARD.encode(vault)}));
        assert_eq!(city.lead().post("/field/vault", &ask(&sealed)).await.problem(422), "seal_broken");
        assert_eq!(city.cadre().post("/field/vault", &ask(&sealed_to(&key, &vault[1..], &what))).await.problem(422), "seal_broken");
        assert_eq!(city.cadre().post("/field/vault", &ask(b"nothing")).await.problem(422), "seal_broken");
        // A found phone holds a session, but not the password.
        app.pass_ms(10 * MINUTE_MS + 1);
        let asked = city.cadre().call(Method::POST, "/session/refresh").header("Sec-Fetch-Site", "same-origin").send().await;
        let refreshed = Reply::of(asked.expect("an answer")).await.ok();
        let mut later = app.visitor();
        later.token = refreshed["access_token"].as_str().map(str::to_owned);
        assert_eq!(later.post("/field/vault", &ask(&sealed)).await.problem(403), "sign_in_again");
    }

    async fn a_lead_or_the_centre_brings_what_a_lost_line_kept_back(app: TestApp) {
        let city = app.city().await;
        let season = city.underway(&app, 3).await;
        let key = key_of(city.cadre()).await;
        let mut phone = Phone::new(app.now());
        let items: Vec<Value> = (0..3).map(|n| phone.sealed_item(&key, "visit", &honest(&app, &season, n).0, app.now())).collect();
        let parcel = |n: usize, whose: &str| {
            let mut parcel = phone.parcel(&items[n..=n]);
            parcel["on_behalf_of"] = json!(whose);
            parcel
        };
        let cadre = city.cadre().id();
        let brought = city.lead().post("/field/push", &parcel(0, cadre)).await.ok();
        assert_eq!(brought["results"][0]["status"], "stored");
        assert_eq!(city.centre().post("/field/push", &parcel(1, cadre)).await.ok()["results"][0]["status"], "stored");
        let again = phone.push(city.cadre(), &items).await.ok();
        assert_eq!([&again["results"][0]["status"], &again["results"][2]["status"]], ["duplicate", "stored"]);
        assert_eq!(again["results"][0]["receipt"], brought["results"][0]["receipt"], "the phone gets the receipt that was given for it");
        for item in &items {
            let visit = city.supervisor().get(&format!("/visits/{}", item["id"].as_str().unwrap())).await.ok();
            assert_eq!(visit["cadre"]["id"].as_str().or(visit["cadre_id"].as_str()), Some(cadre), "{visit}");
        }

        assert_eq!(city.cadre().post("/field/push", &parcel(2, city.lead().id())).await.problem(403), "forbidden");
        assert_eq!(city.other_lead().post("/field/push", &parcel(2, cadre)).await.problem(404), "not_found");
        assert_eq!(city.foreign().centre().post("/field/push", &parcel(2, cadre)).await.problem(404), "not_found");
        let strangers = parcel(2, city.foreign().cadre().id());
        assert_eq!(city.lead().post("/field/push", &strangers).await.problem(404), "not_found");
        let no_phone_of_theirs = parcel(2, city.lead().id());
        assert_eq!(city.centre().post("/field/push", &no_phone_of_theirs).await.problem(404), "not_found", "the phone is the cadre's");
    }
}
