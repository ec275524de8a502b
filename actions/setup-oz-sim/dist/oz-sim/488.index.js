export const id = 488;
export const ids = [488];
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

/***/ 3488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   whoami: () => (/* binding */ whoami)
/* harmony export */ });
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3462);

const SERVICE_ACCOUNT = {
    uid: 'sim-service-account',
    type: 'service_account',
    display_name: 'Stand-in team key',
    team_uids: ['sim-team'],
    team_names: ['Stand-in team'],
};
async function whoami(context) {
    await (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .undergo */ .X0)(context.script.whoami, context.host);
    (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .requireKey */ .XK)(context);
    const user = context.script.whoami?.user ?? SERVICE_ACCOUNT;
    const text = (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .isJson */ .Fh)(context.call)
        ? JSON.stringify(user)
        : Object.entries(user)
            .map(([key, value]) => `${key}: ${value}`)
            .join('\n');
    await context.host.stdout.write(`${text}\n`);
    return { kind: 'exit', code: 0 };
}


/***/ })

};
