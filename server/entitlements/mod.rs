//! Who gets which: computed once from file and standard, frozen with the facts that decided.
