# Sourced by the hooks. The Buildkite agent sources those too, so nothing here may end or change the shell.

OZ_AGENT_OLDEST_NODE=22.15

# The Node for the hooks: the path in OZ_AGENT_NODE, else the first `node` on PATH. A shell function does not count.
oz_agent_node() {
  echo "${OZ_AGENT_NODE:-$(type -P node)}"
}

# Its version. The job's NODE_OPTIONS are not for this Node: a wrong one would stop it.
oz_agent_node_version() {
  NODE_OPTIONS='' "$(oz_agent_node)" --version
}

# Whether that Node is new enough.
oz_agent_has_node() {
  local version major minor
  version="$(oz_agent_node_version 2>/dev/null)" || return 1
  [[ "$version" =~ ^v([0-9]+)\.([0-9]+)\. ]] || return 1
  major="${BASH_REMATCH[1]}" minor="${BASH_REMATCH[2]}"
  ((major > ${OZ_AGENT_OLDEST_NODE%.*} || (major == ${OZ_AGENT_OLDEST_NODE%.*} && minor >= ${OZ_AGENT_OLDEST_NODE#*.})))
}

# Replaces the shell by Node. Its program hands the job's NODE_OPTIONS on to the agent and to the step's command.
oz_agent_exec_node() {
  if [[ -n "${NODE_OPTIONS+set}" ]]; then
    export OZ_AGENT_NODE_OPTIONS="$NODE_OPTIONS"
    unset NODE_OPTIONS
  fi
  exec "$(oz_agent_node)" "$@"
}

# Says what is missing, and what to do about it, in an open group of the log.
oz_agent_explain_node() {
  local found
  found="$(oz_agent_node)"
  echo "+++ :x: Oz: Node ${OZ_AGENT_OLDEST_NODE} or later is needed"
  if [[ -n "$found" ]]; then
    echo "This agent has $found, version $(oz_agent_node_version 2>&1 | head -n 1)."
  else
    echo "This agent has no node on its PATH ($PATH)."
  fi
  echo "Install Node ${OZ_AGENT_OLDEST_NODE} or later for the user that runs the Buildkite agent (https://nodejs.org/en/download),"
  echo "or give the path of one in the variable OZ_AGENT_NODE of the agent's environment hook,"
  echo "or run the step where it is: in a container image such as node:24-bookworm, or on a queue whose agents have it."
}

# Without Node, a step with `mode: on-failure` still runs its command: only Oz cannot be called when that fails.
# Returns when this is not such a step, or when the command needs more than the agent's shell.
oz_agent_run_command_only() {
  local mode="BUILDKITE_PLUGIN_${BUILDKITE_PLUGIN_NAME:-}_MODE" shell
  [[ "${!mode:-}" == on-failure && -n "${BUILDKITE_COMMAND//[[:space:]]/}" ]] || return 0
  [[ "${BUILDKITE_COMMAND_EVAL:-true}" != false && "${BUILDKITE_SHELL:-}" != *[\'\"\\]* ]] || return 0
  read -ra shell <<<"${BUILDKITE_SHELL:-/bin/bash -e -c}"
  echo "+++ :hammer: Running the command of this step, without Oz"
  if [[ -f "./$BUILDKITE_COMMAND" ]]; then
    chmod +x "./$BUILDKITE_COMMAND"
    exec "${shell[@]}" "./$BUILDKITE_COMMAND"
  fi
  exec "${shell[@]}" "$BUILDKITE_COMMAND"
}
