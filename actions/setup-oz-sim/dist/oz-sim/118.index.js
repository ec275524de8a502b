export const id = 118;
export const ids = [118];
export const modules = {

/***/ 3118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readConfigFile: () => (/* binding */ readConfigFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);


const KEYS = [
    'name',
    'environment_id',
    'runner_id',
    'model_id',
    'base_prompt',
    'mcp_servers',
    'host',
    'computer_use_enabled',
];
async function readConfigFile(path) {
    const { parse } = await __webpack_require__.e(/* import() */ 9).then(__webpack_require__.t.bind(__webpack_require__, 8009, 19));
    let content;
    try {
        content = parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
    }
    catch (error) {
        throw failed(path, error instanceof Error ? error.message : String(error));
    }
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
        throw failed(path, 'expected a map of keys');
    }
    const unknown = Object.keys(content).find((key) => !KEYS.includes(key));
    if (unknown !== undefined)
        throw failed(path, `unknown field \`${unknown}\`, expected one of ${KEYS.join(', ')}`);
    return content;
}
const failed = (path, cause) => (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)(`Could not load the agent configuration file '${path}'`, [cause]);


/***/ })

};
