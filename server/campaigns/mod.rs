//! What is promised, until when: campaigns, their policy, their standards, and the goods they speak of.
