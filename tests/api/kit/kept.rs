//! A world made once and copied for each who asks: what one of them changes no other sees.

use std::path::Path;

use nuanfang::config::Given;
use nuanfang::kit::clock::Moment;
use nuanfang::kit::db::snapshot;
use tempfile::TempDir;

use super::postgres::Database;
use super::{On, TestApp};

/// What an app left behind.
pub struct Kept {
    on: On,
    folder: TempDir,
    database: Option<Database>,
    now: Moment,
}

impl TestApp {
    /// Stops the app and keeps its database and its folder.
    pub async fn keep(mut self) -> Kept {
        self.handle.stop(true).await;
        let (from, kept) = (self.folder.take().expect("a folder"), tempfile::tempdir().expect("a folder"));
        copy_folder(&from.path().join("data"), &kept.path().join("data"));
        if self.on == On::Sqlite {
            snapshot(&self.parts.settings.database_url, &kept.path().join("data/nuanfang.db")).expect("a copy of the database");
        }
        Kept { on: self.on, folder: kept, database: self.database.take(), now: self.now() }
    }
}

impl Kept {
    /// Starts the app on a copy.
    pub async fn copy(&self) -> TestApp {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (self.folder.path().join("data"), folder.path().join("data"));
        copy_folder(&from, &to);
        if self.on == On::Sqlite {
            std::fs::copy(from.join("nuanfang.db"), to.join("nuanfang.db")).expect("copied");
        }
        TestApp::start_in(self.on, folder, self.database.as_ref().map(Database::copy), self.now, Given::default()).await
    }
}

/// All but the embedded database, which has a way of its own to be copied.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else if !name.to_string_lossy().starts_with("nuanfang.db") {
            std::fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}
