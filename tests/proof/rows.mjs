// The rows of docs/proof.md: what each is about, how much of it is the goal, how much of it every `make test` runs.
// A row is told by a file of its own, whose default export takes {amount, seed} and answers {done, figures}, or throws.

export const rows = {
  'lost-answers': {
    what: 'answers lost after the server did what was asked',
    goal: 100_000,
    slice: 200,
    file: 'lost-answers.mjs',
  },
  kills: { what: 'kill -9 under 50 writers, then ready again (SQLite and a folder)', goal: 10_000, slice: 3, file: 'kills.mjs' },
  'postgres-kills': {
    what: 'PostgreSQL’s backend, connection or postmaster killed under load (50 writers from 100 kills on)',
    goal: 2_000,
    slice: 2,
    file: 'postgres-kills.mjs',
  },
  'power-cuts': {
    what: 'power cuts with torn and lost sectors, opened by the real code',
    goal: 200_000,
    slice: null,
    file: 'cargo.mjs',
  },
  'failing-calls': {
    what: 'a call of a scripted day fails once (fsync, write, rename … with EIO, ENOSPC, EINTR)',
    goal: 100_000,
    slice: 5,
    file: 'failing-calls.mjs',
    isAtMost: true,
  },
  'full-disk': { what: 'the disk full in a busy hour', goal: 200, slice: 2, file: 'full-disk.mjs' },
  phones: {
    what: 'seconds of 1,000 phones at once, 20 visits a request, each with a picture',
    goal: 600,
    slice: null,
    file: 'phones.mjs',
  },
  'fourteen-days': {
    what: 'visits of fourteen days offline, four pictures each, then 64 kbit/s with every fifth connection cut',
    goal: 60,
    slice: 2,
    file: 'fourteen-days.mjs',
  },
  'browser-kills': {
    what: 'renderer killed in mid-visit, browser killed in mid-upload (two renderers to one browser)',
    goal: 1_500,
    slice: null,
    file: 'browser-kills.mjs',
  },
  planted: { what: 'planted bugs that must be caught', goal: 6, slice: 0, file: 'planted.mjs' },
}
