/**
 * Tokens, command files and sockets of the CIs that have adapters of their own, and of those that nobody detects here:
 * this command may be started in a job of any of them. `scrub` keeps them all from the agent.
 */
export const OTHER_INTERNALS: readonly RegExp[] = [
  // GitHub. RUNNER_TRACKING_ID is not among them: by it the runner finds processes that a job leaves behind.
  // https://docs.github.com/actions/reference/workflows-and-actions/variables
  /^(?:GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY|ACTION_PATH)|INPUT_.*|STATE_.*|ACTIONS_.*)$/i,
  // GitLab. https://docs.gitlab.com/ci/variables/predefined_variables/
  /^CI_.*(?:TOKEN|PASSWORD|JWT)/,
  /^CI_(?:REPOSITORY_URL|SERVER_TLS_KEY_FILE)$/,
  /^(?:GITLAB_(?:TOKEN|OIDC_TOKEN)|OZ_GITLAB_TOKEN|TRIGGER_PAYLOAD|OZ_MASK|OZ_CACHE_FOLDER|OZ_INPUT_.*|OZ_PROGRAM.*)$/,
  // The names that users give to tokens of `id_tokens`, and settings of the runner with credentials in them.
  /(?:_ID_TOKEN|_OIDC_TOKEN|_JWT)$/,
  /^(?:DOCKER_AUTH_CONFIG|KUBECONFIG|FF_[A-Z].*)$/,
  /^RUNNER_(?!TRACKING_ID$|(?:NAME|OS|ARCH|TEMP|TOOL_CACHE|ENVIRONMENT|DEBUG|WORKSPACE)$)/,
  // Buildkite. https://buildkite.com/docs/pipelines/configure/environment-variables
  /^BUILDKITE_AGENT_(?:ACCESS_TOKEN|TOKEN|JOB_API_SOCKET|JOB_API_TOKEN|ENDPOINT|JWKS_.*|.*_KMS_KEY)$/,
  /^BUILDKITE_(?:ENV_FILE|ENV_JSON_FILE|SECRETS_CONFIG|CONFIG_PATH|SOCKETS_PATH|ANALYTICS_TOKEN|PLUGINS)$/,
  /^BUILDKITE_(?:S3|GS|AZURE_BLOB|ARTIFACTORY)_/,
  /^BUILDKITE_PLUGIN_(?!VALIDATION$)/,
  // TeamCity: the files hold the passwords of the build. https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html
  /^TEAMCITY_(?:BUILD_PROPERTIES_FILE|CONFIGURATION_PROPERTIES_FILE|AUTH_PASSWORD|GIT_.*)$/,
  // AWS CodeBuild and other containers of AWS. https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
  /^AWS_CONTAINER_(?:CREDENTIALS_(?:RELATIVE_URI|FULL_URI)|AUTHORIZATION_TOKEN(?:_FILE)?)$/,
  // Woodpecker and Drone. https://woodpecker-ci.org/docs/usage/environment
  /^(?:CI_NETRC_PASSWORD|DRONE_NETRC_PASSWORD|DRONE_TOKEN|WOODPECKER_TOKEN|WOODPECKER_AGENT_SECRET)$/,
]
