//! The one way this process ends itself.

/// After a failed sync the kernel may have dropped what it could not write, and a second sync would say that all is well. Nothing this
/// process believes about the disk holds any longer: it ends, and what was acknowledged is read afresh at the next start.
pub fn halt(what: &str) -> ! {
    tracing::error!(what, "the disk could not be synced; the server stops");
    std::process::abort()
}
