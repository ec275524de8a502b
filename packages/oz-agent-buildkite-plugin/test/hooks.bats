#!/usr/bin/env bats
# The lines of the hooks that are bash: finding Node, saying what is missing, handing over.

setup() {
  root="$(cd "$BATS_TEST_DIRNAME/.." && pwd)"
  plugin="$BATS_TEST_TMPDIR/a plugin"
  mkdir -p "$plugin" "$BATS_TEST_TMPDIR/bin"
  cp -R "$root/hooks" "$root/shell" "$plugin/"
  for name in bash dirname head rm cat; do
    ln -s "$(command -v "$name")" "$BATS_TEST_TMPDIR/bin/$name"
  done
  export TMPDIR="$BATS_TEST_TMPDIR"
  export BUILDKITE_JOB_ID='job/1'
}

# A node that says this version, or else what it was started with and its process id.
fake_node() {
  cat >"$BATS_TEST_TMPDIR/bin/node" <<SCRIPT
#!$(command -v bash)
if [[ "\$1" == --version ]]; then echo "$1"; exit "${2:-0}"; fi
echo "started \$1 as \$\$"
SCRIPT
  chmod +x "$BATS_TEST_TMPDIR/bin/node"
}

# As the Buildkite agent runs a hook: sourced by a wrapper.
run_hook() {
  cat >"$BATS_TEST_TMPDIR/wrapper" <<SCRIPT
. "$plugin/hooks/$1"
status=\$?
echo "wrapper goes on"
exit \$status
SCRIPT
  PATH="$BATS_TEST_TMPDIR/bin" run bash -c 'echo "shell $$"; exec bash "$1"' bash "$BATS_TEST_TMPDIR/wrapper"
}

@test "command becomes node, with the same process id" {
  fake_node v24.1.0
  run_hook command
  [ "$status" -eq 0 ]
  shell="${lines[0]#shell }"
  [ "${lines[1]}" = "started $plugin/dist/command.js as $shell" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "command takes the oldest Node that will do" {
  fake_node v22.15.0
  run_hook command
  [ "$status" -eq 0 ]
  fake_node v23.0.0
  run_hook command
  [ "$status" -eq 0 ]
}

@test "command does not take one that is a little older" {
  fake_node v22.14.0
  run_hook command
  [ "$status" -eq 69 ]
  [[ "$output" == *"version v22.14.0"* ]]
}

@test "command says what is missing without Node" {
  run_hook command
  [ "$status" -eq 69 ]
  [ "${lines[1]}" = "+++ :x: Oz: Node 22.15 or later is needed" ]
  [[ "$output" == *"This agent has no node on its PATH"* ]]
  [[ "$output" == *"https://nodejs.org"* ]]
}

@test "command says which Node is too old" {
  fake_node v20.20.2
  run_hook command
  [ "$status" -eq 69 ]
  [[ "$output" == *"version v20.20.2"* ]]
}

@test "command does not take a node that fails or says nonsense" {
  fake_node v24.0.0 1
  run_hook command
  [ "$status" -eq 69 ]
  fake_node nonsense
  run_hook command
  [ "$status" -eq 69 ]
}

@test "pre-exit starts nothing after a job that left nothing" {
  fake_node v24.1.0
  run_hook pre-exit
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = "wrapper goes on" ]
}

@test "pre-exit becomes node where a job left something" {
  fake_node v24.1.0
  mkdir "$TMPDIR/oz-agent-job_1"
  run_hook pre-exit
  [ "$status" -eq 0 ]
  [[ "${lines[1]}" == "started $plugin/dist/preExit.js as "* ]]
}

@test "pre-exit removes what is left where there is no Node" {
  mkdir "$TMPDIR/oz-agent-job_1"
  run_hook pre-exit
  [ "$status" -eq 0 ]
  [ ! -e "$TMPDIR/oz-agent-job_1" ]
}
