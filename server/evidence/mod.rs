//! Pictures and signatures: received, read, turned upright.
