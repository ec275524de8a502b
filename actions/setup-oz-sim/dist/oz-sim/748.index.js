export const id = 748;
export const ids = [748];
export const modules = {

/***/ 6748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkMcpFile: () => (/* binding */ checkMcpFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4637);



function checkMcpFile(spec, cwd) {
    const isPath = !spec.trimStart().startsWith('{') && (/[\\/]/.test(spec) || spec.endsWith('.json'));
    if (!isPath)
        return;
    try {
        JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, spec), 'utf8'));
    }
    catch (error) {
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_2__/* .fatal */ .h)(`Could not read the MCP configuration '${spec}'`, [
            error instanceof Error ? error.message : String(error),
        ]);
    }
}


/***/ })

};
