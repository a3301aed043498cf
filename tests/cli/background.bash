# Runs in the background, for tests that end them by a signal.
# shellcheck shell=bash disable=SC2154,SC2034 # tests set runner, which is one, and read status

teardown() {
    [ -z "${runner:-}" ] || kill -KILL "$runner" 2>/dev/null || true
}

# signalled SIGNAL: the run in the background gets it and ends; sets status.
signalled() {
    status=0
    kill -"$1" "$runner"
    wait "$runner" || status=$?
    runner=
}
