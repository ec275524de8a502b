#!/usr/bin/env bats
# The lines of the hooks that are bash: finding Node, saying what is missing, handing over.

setup() {
  root="$(cd "$BATS_TEST_DIRNAME/.." && pwd)"
  plugin="$BATS_TEST_TMPDIR/a plugin"
  mkdir -p "$plugin" "$BATS_TEST_TMPDIR/bin"
  cp -R "$root/hooks" "$root/shell" "$plugin/"
  for name in bash dirname head rm cat chmod sha256sum; do
    ln -s "$(command -v "$name")" "$BATS_TEST_TMPDIR/bin/$name"
  done
  export TMPDIR="$BATS_TEST_TMPDIR"
  export BUILDKITE_JOB_ID='job/1'
}

# A node that says this version, or else what it was started with and its process id.
fake_node() {
  cat >"$BATS_TEST_TMPDIR/bin/node" <<SCRIPT
#!$(command -v bash)
if [[ "\$NODE_OPTIONS" == *missing* ]]; then echo "cannot find module"; exit 9; fi
if [[ "\$1" == --version ]]; then echo "$1"; exit "${2:-0}"; fi
[[ -z "\$OZ_AGENT_NODE_OPTIONS" ]] || echo "options \$OZ_AGENT_NODE_OPTIONS"
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

@test "pre-exit starts nothing of a plugin that was changed while the job ran" {
  fake_node v24.1.0
  mkdir "$TMPDIR/oz-agent-job_1"
  (cd "$plugin" && sha256sum hooks/* shell/*) >"$TMPDIR/oz-agent-job_1/plugin.sha256"
  run_hook pre-exit
  [[ "${lines[1]}" == "started $plugin/dist/preExit.js as "* ]]
  echo 'echo "the agent was here"' >>"$plugin/shell/node.bash"
  run_hook pre-exit
  [ "$status" -eq 0 ]
  [[ "$output" != *"the agent was here"* ]]
  [[ "$output" != *"started"* ]]
  [[ "$output" == *"the plugin's files were changed"* ]]
  [ ! -e "$TMPDIR/oz-agent-job_1" ]
}

@test "both hooks start node without the NODE_OPTIONS of the job, and hand them on" {
  fake_node v24.1.0
  mkdir "$TMPDIR/oz-agent-job_1"
  export NODE_OPTIONS='--require missing'
  for hook in command pre-exit; do
    run_hook "$hook"
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "options --require missing" ]
    [[ "${lines[2]}" == "started $plugin/dist/"* ]]
  done
}

@test "command is not fooled by a shell function called node" {
  node() { echo v24.1.0; }
  export -f node
  run_hook command
  [ "$status" -eq 69 ]
  [[ "$output" == *"This agent has no node on its PATH"* ]]
}

@test "command takes the Node of OZ_AGENT_NODE" {
  fake_node v24.1.0
  mv "$BATS_TEST_TMPDIR/bin/node" "$BATS_TEST_TMPDIR/my node"
  OZ_AGENT_NODE="$BATS_TEST_TMPDIR/my node" run_hook command
  [ "$status" -eq 0 ]
  [[ "${lines[1]}" == "started $plugin/dist/command.js as "* ]]
}

on_failure() {
  export BUILDKITE_PLUGIN_NAME=OZ_AGENT BUILDKITE_PLUGIN_OZ_AGENT_MODE=on-failure BUILDKITE_COMMAND="$1"
}

@test "command runs the command of an on-failure step without Node" {
  on_failure 'echo "the command runs"; exit 7'
  run_hook command
  [ "$status" -eq 7 ]
  [ "${lines[-1]}" = "the command runs" ]
}

@test "command runs the file of an on-failure step without Node" {
  echo 'echo "the file runs"; exit 8' >"$BATS_TEST_TMPDIR/check.sh"
  cd "$BATS_TEST_TMPDIR"
  on_failure check.sh
  run_hook command
  [ "$status" -eq 8 ]
  [ "${lines[-1]}" = "the file runs" ]
}

@test "command runs no command without Node where only files may run" {
  on_failure 'echo "the command runs"'
  BUILDKITE_COMMAND_EVAL=false run_hook command
  [ "$status" -eq 69 ]
  [[ "$output" != *"the command runs"* ]]
}
