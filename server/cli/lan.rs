//! `nuanfang demo --lan`: the demo city over HTTPS for phones in the same network, with a certificate of its own.

mod page;
mod trust;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use actix_web::dev::Server;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use rustls::ServerConfig;

use crate::kit::clock::Moment;
use page::Told;
pub use trust::Authority;

type Fault = Box<dyn std::error::Error>;

/// Where the app is served when nothing is said.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8_443);
/// Where the page with the certificate is served when nothing is said.
pub const TRUST_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8_080);

/// Everything that is ready once both addresses are had.
#[derive(Debug)]
pub struct Lan {
    /// What callers of the app are shown.
    pub tls: ServerConfig,
    addresses: Vec<IpAddr>,
    app: SocketAddr,
    page: TcpListener,
    told: Told,
}

impl Lan {
    /// Finds this machine's addresses, reads or makes the authority, and takes the address of the page.
    ///
    /// # Errors
    /// When there is no network, the page's address is taken, or the authority cannot be kept.
    pub fn open(app: SocketAddr, page: SocketAddr, data: &Path, now: Moment) -> Result<Self, Fault> {
        let addresses = if app.ip().is_unspecified() { own_addresses()? } else { vec![app.ip()] };
        let first = *addresses.first().ok_or("this machine is in no network: connect it to the same Wi-Fi as the phone, then start again")?;
        let page = TcpListener::bind(page).map_err(|error| format!("{page} cannot be listened on ({error}); choose another with --trust-listen"))?;
        let authority = Authority::load_or_make(&folder_beside(data), &addresses, now)?;
        let tls = authority.server(&addresses, now)?;
        let told = Told { certificate: authority.certificate()?.to_vec(), fingerprint: authority.fingerprint()?, app: SocketAddr::new(first, app.port()) };
        Ok(Self { tls, addresses, app, page, told })
    }

    /// Says where to go and what to tap.
    ///
    /// # Errors
    /// When nobody listens to what is said.
    pub fn greet(&self, out: &mut impl Write) -> Result<(), Fault> {
        let start = format!("http://{}/", SocketAddr::new(self.told.app.ip(), self.page.local_addr()?.port()));
        for address in &self.addresses {
            writeln!(out, "  https://{}", SocketAddr::new(*address, self.app.port()))?;
        }
        writeln!(out, "\n  手机连同一个 Wi-Fi,扫码打开说明页:下载并信任证书,再打开暖访。")?;
        writeln!(out, "  A phone in the same Wi-Fi: scan, download and trust the certificate, then open the app.\n")?;
        for line in drawn(&start)?.lines() {
            writeln!(out, "  {line}")?;
        }
        writeln!(out, "\n  {start}")?;
        writeln!(out, "  安卓 Android  设置 Settings → 安全 Security → 安装证书 Install a certificate → CA 证书 CA certificate")?;
        writeln!(out, "  苹果 iPhone   设置 Settings → 已下载描述文件 Profile Downloaded → 安装 Install;")?;
        writeln!(out, "                通用 General → 关于本机 About → 证书信任设置 Certificate Trust Settings → 打开 on")?;
        writeln!(out, "  证书指纹 certificate, SHA-256  {}", self.told.fingerprint)?;
        writeln!(out, "\n  同一网络里的人都能打开这个演示,口令是公开的:不要放真实资料。")?;
        writeln!(out, "  Anybody in this network can open this demo, its password is public: put nothing real into it.")?;
        Ok(())
    }

    /// Serves the page; answers what callers of the app are shown.
    ///
    /// # Errors
    /// When the page's address cannot be used.
    pub fn serve_page(self) -> Result<(ServerConfig, Server), Fault> {
        Ok((self.tls, page::serve(self.page, self.told)?))
    }
}

/// Beside the demo's own folder, which is made anew every day: what a phone trusts must last longer.
fn folder_beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push("-lan");
    data.with_file_name(name)
}

/// This machine's addresses, private ones first.
fn own_addresses() -> Result<Vec<IpAddr>, Fault> {
    let found = if_addrs::get_if_addrs()?.into_iter().map(|one| one.ip());
    let mut addresses: Vec<IpAddr> = found.filter(|ip| ip.is_ipv4() && !ip.is_loopback()).collect();
    addresses.sort_by_key(|ip| (!matches!(ip, IpAddr::V4(v4) if v4.is_private()), *ip));
    addresses.dedup();
    Ok(addresses)
}

/// A QR code for a terminal: light on dark, which cameras read either way.
fn drawn(text: &str) -> Result<String, Fault> {
    Ok(QrCode::new(text)?.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_names_the_page_the_app_and_the_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let (app, page) = (SocketAddr::from(([127, 0, 0, 1], 8_443)), SocketAddr::from(([127, 0, 0, 1], 0)));
        let lan = Lan::open(app, page, &folder.path().join("demo"), Moment::from_ms(1_800_928_800_000)).unwrap();
        let mut said = Vec::new();
        lan.greet(&mut said).unwrap();
        let said = String::from_utf8(said).unwrap();
        let start = format!("http://127.0.0.1:{}/", lan.page.local_addr().unwrap().port());
        assert!(said.contains("https://127.0.0.1:8443") && said.contains(&start) && said.contains(&lan.told.fingerprint), "{said}");
        assert!(said.contains('▀') || said.contains('█'), "a QR code is drawn");
        assert!(folder.path().join("demo-lan").join("authority.json").exists());
    }
}
