# Sourced by the hooks. The agent sources those too, so nothing here may end or change the shell.

OZ_AGENT_OLDEST_NODE=22.15

# Whether the `node` on PATH is new enough.
oz_agent_has_node() {
  local version major minor
  version="$(node --version 2>/dev/null)" || return 1
  [[ "$version" =~ ^v([0-9]+)\.([0-9]+)\. ]] || return 1
  major="${BASH_REMATCH[1]}" minor="${BASH_REMATCH[2]}"
  ((major > ${OZ_AGENT_OLDEST_NODE%.*} || (major == ${OZ_AGENT_OLDEST_NODE%.*} && minor >= ${OZ_AGENT_OLDEST_NODE#*.})))
}

# What is missing, and what to do about it, where it is seen without opening anything.
oz_agent_explain_node() {
  local found
  found="$(command -v node 2>/dev/null)"
  echo "+++ :x: Oz: Node ${OZ_AGENT_OLDEST_NODE} or later is needed"
  if [[ -n "$found" ]]; then
    echo "This agent has $found, version $(node --version 2>&1 | head -n 1)."
  else
    echo "This agent has no node on its PATH ($PATH)."
  fi
  echo "Install Node ${OZ_AGENT_OLDEST_NODE} or later for the user that runs the Buildkite agent (https://nodejs.org/en/download),"
  echo "or run the step where it is: in a container image such as node:24-bookworm, or on a queue whose agents have it."
}
