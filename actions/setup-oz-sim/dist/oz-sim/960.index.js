export const id = 960;
export const ids = [960];
export const modules = {

/***/ 8960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   agentRunCloud: () => (/* binding */ agentRunCloud),
/* harmony export */   sessionUrl: () => (/* binding */ sessionUrl)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6809);
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4637);
/* harmony import */ var _run_event_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1208);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3462);






async function agentRunCloud(context) {
    const { host, script, store, runId } = context;
    await checkArguments(context);
    (0,_context_js__WEBPACK_IMPORTED_MODULE_2__/* .requireKey */ .XK)(context);
    await (0,_context_js__WEBPACK_IMPORTED_MODULE_2__/* .undergo */ .X0)(script.cloud, host);
    store.save(runId, script);
    const { printed = ['InProgress'], notice, error } = script.cloud ?? {};
    const lines = [
        `Spawned ambient agent with run ID: ${runId}`,
        `View run: ${(0,_run_event_js__WEBPACK_IMPORTED_MODULE_3__/* .runUrl */ .Vp)(runId)}`,
        ...(notice ? [notice] : []),
        ...printed.map((state) => `Agent state: ${state}`),
        ...(error ? [`Error: ${error}`] : []),
        ...(printed.includes('InProgress') ? [`View agent session: ${sessionUrl(context)}`] : []),
    ];
    await host.stdout.write(`${lines.join('\n')}\n`);
    return { kind: 'exit', code: 0 };
}
const sessionUrl = ({ script, runId }) => script.session_url ?? `https://app.warp.dev/session/${runId}`;
async function checkArguments({ call, host }) {
    const harness = (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .optionValue */ .TN)(call, 'harness');
    for (const owner of ['claude', 'codex']) {
        if ((0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .has */ .zy)(call, `${owner}-auth-secret`) && harness !== owner) {
            throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_5__/* .fatal */ .h)(`--${owner}-auth-secret needs --harness=${owner}`);
        }
    }
    for (const path of (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .optionValues */ .ib)(call, 'attach')) {
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(host.cwd, path), { throwIfNoEntry: false })?.isFile()) {
            throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_5__/* .fatal */ .h)(`Could not attach '${path}'`, ['No such file or directory (os error 2)']);
        }
    }
    const file = (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .optionValue */ .TN)(call, 'file');
    const config = file ? await (await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.bind(__webpack_require__, 3118))).readConfigFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(host.cwd, file)) : {};
    const chosen = (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .has */ .zy)(call, 'environment') || (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_4__/* .has */ .zy)(call, 'no-environment') || config.environment_id !== undefined;
    if (!chosen) {
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_5__/* .fatal */ .h)('No environment was chosen and there is no terminal to ask on', [
            'give --environment=<id> or --no-environment',
        ]);
    }
}


/***/ }),

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ isJson),
/* harmony export */   X0: () => (/* binding */ undergo),
/* harmony export */   XK: () => (/* binding */ requireKey),
/* harmony export */   be: () => (/* binding */ formatOf)
/* harmony export */ });
/* harmony import */ var _cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6809);
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);


const formatOf = (call) => (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__/* .optionValue */ .TN)(call, 'output-format') ?? 'pretty';
const isJson = (call) => ['json', 'ndjson'].includes(formatOf(call));
function requireKey({ call, script }) {
    const key = (0,_cli_invocation_js__WEBPACK_IMPORTED_MODULE_0__/* .optionValue */ .TN)(call, 'api-key');
    if (!key)
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)('Not logged in: no API key was given', [
            'set WARP_API_KEY, or create a key in the settings of Warp',
        ]);
    if (key.startsWith('wk-invalid') || !key.startsWith(script.accept_key_prefix ?? 'wk-')) {
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)('The API key is invalid', ['the server answered 401 Unauthorized']);
    }
}
async function undergo(trouble, host) {
    const { toMs } = await __webpack_require__.e(/* import() */ 68).then(__webpack_require__.bind(__webpack_require__, 5068));
    if (trouble?.delay)
        await host.sleep(toMs(trouble.delay));
    while (trouble?.hang)
        await host.sleep(3_600_000);
    if (trouble?.fail)
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)(trouble.fail.message, trouble.fail.causes, trouble.fail.exit);
}


/***/ }),

/***/ 1208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ toolResult),
/* harmony export */   Kj: () => (/* binding */ sessionShared),
/* harmony export */   LW: () => (/* binding */ toolCall),
/* harmony export */   Vp: () => (/* binding */ runUrl),
/* harmony export */   dj: () => (/* binding */ runStarted),
/* harmony export */   iU: () => (/* binding */ message),
/* harmony export */   td: () => (/* binding */ conversationStarted)
/* harmony export */ });
const message = (text) => ({ type: 'agent', text });
const toolCall = (tool, input) => ({ type: 'tool_call', tool, ...input });
const toolResult = (tool, output) => ({
    type: 'tool_result',
    tool,
    ...output,
});
const system = (kind, rest) => ({ type: 'system', event_type: kind, ...rest });
const runUrl = (id) => `https://oz.warp.dev/runs/${id}`;
const runStarted = (id) => system('run_started', { run_id: id, run_url: runUrl(id) });
const conversationStarted = (id) => system('conversation_started', { conversation_id: id });
const sessionShared = (url) => system('shared_session_established', { join_url: url });


/***/ })

};
