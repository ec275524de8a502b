export const id = 612;
export const ids = [612];
export const modules = {

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

/***/ 6612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   acknowledge: () => (/* binding */ acknowledge),
/* harmony export */   getOne: () => (/* binding */ getOne),
/* harmony export */   list: () => (/* binding */ list)
/* harmony export */ });
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3462);


const DEFAULTS = {
    model: [{ id: 'auto' }, { id: 'sim-large' }, { id: 'sim-small' }],
    agent: [{ id: 'sim-agent', name: 'Stand-in agent' }],
    environment: [{ id: 'sim-environment', name: 'Stand-in environment' }],
};
const itemsOf = ({ call, script }) => {
    const topic = call.command[0] ?? '';
    return script.lists?.[topic] ?? DEFAULTS[topic] ?? [];
};
async function list(context) {
    (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .requireKey */ .XK)(context);
    const items = itemsOf(context);
    const text = (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .isJson */ .Fh)(context.call) ? JSON.stringify(items) : items.map(({ id }) => id).join('\n');
    await context.host.stdout.write(`${text}\n`);
    return { kind: 'exit', code: 0 };
}
async function getOne(context) {
    (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .requireKey */ .XK)(context);
    const [wanted] = context.call.positionals;
    const item = itemsOf(context).find(({ id }) => id === wanted);
    if (!item)
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)(`The ${context.call.command[0]} '${wanted}' was not found`);
    await context.host.stdout.write((0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .isJson */ .Fh)(context.call) ? `${JSON.stringify(item)}\n` : `${item.id}\n`);
    return { kind: 'exit', code: 0 };
}
async function acknowledge(context) {
    (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .requireKey */ .XK)(context);
    const [topic, verb] = context.call.command;
    const id = context.call.positionals[0] ?? `${topic}-${context.runId}`;
    const text = (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .isJson */ .Fh)(context.call) ? JSON.stringify({ id }) : `${topic} ${id}: ${verb}d`;
    await context.host.stdout.write(`${text}\n`);
    return { kind: 'exit', code: 0 };
}


/***/ })

};
