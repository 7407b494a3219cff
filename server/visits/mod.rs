//! Delivery: the visit as it was said, and the handover it makes.
