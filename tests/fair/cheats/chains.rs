//! A chain that was tampered with.

use nuanfang::kit::clock::HOUR_MS;

use crate::cheats;

cheats! {
    "T07" "review" an_item_that_never_comes(c) {
        let mut items = Vec::new();
        for (n, minutes) in [(0, 180), (1, 120), (2, 60), (3, 30)] {
            let said = c.visit(n, c.ago(minutes));
            items.push(c.seal("cadre", &said));
        }
        items.remove(1);
        let sent = c.send("cadre", &items).await;
        c.app.catch_up().await;
        assert!(c.app.found().await.iter().all(|one| one.code != "T07"), "it may still come");
        c.app.pass_ms(73 * HOUR_MS);
        vec![sent[1].clone()]
    }

    "T07" "review" a_cloned_phone_with_two_numbers_eighteen(c) {
        for n in 0..17_usize {
            let said = c.visit(n % 2, c.ago(600 - 10 * n as i64));
            c.tell("cadre", &said).await;
        }
        let mut clone = c.phone("cadre").copy_of();
        let (one, other) = (c.visit(2, c.ago(90)), c.visit(3, c.ago(60)));
        let (item, at) = (c.seal("cadre", &one), c.ago(50));
        let cloned = clone.seal(&mut c.dice, &other, at);
        assert_eq!((&item["sequence"], &cloned["sequence"]), (&18.into(), &18.into()));
        clone.push(&c.app, &c.hand("second_cadre"), std::slice::from_ref(&cloned)).await;
        let mut guilty = c.send("cadre", &[item]).await;
        guilty.push(cloned["id"].as_str().expect("an id").to_owned());
        guilty
    }

    "T07" "review" an_item_taken_out_and_another_put_in_its_place(c) {
        let first = c.visit(0, c.ago(180));
        c.tell("cadre", &first).await;
        let before = c.phone("cadre").copy_of();
        let (hidden, next) = (c.visit(1, c.ago(120)), c.visit(2, c.ago(60)));
        c.seal("cadre", &hidden);
        let next = c.seal("cadre", &next);
        let mut forger = before;
        let (other, at) = (c.visit(3, c.ago(110)), c.ago(100));
        let forged = forger.seal(&mut c.dice, &other, at);
        c.send("cadre", &[forged]).await;
        c.send("cadre", &[next]).await
    }

    "A04" "block" a_visit_replayed_under_a_new_id(c) {
        let said = c.visit(0, c.ago(60));
        let first = c.tell("cadre", &said).await;
        let second = c.tell("cadre", &said).await;
        vec![first.max(second)]
    }
}
