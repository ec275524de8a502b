export const id = 673;
export const ids = [673];
export const modules = {

/***/ 2673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   crash: () => (/* binding */ crash)
/* harmony export */ });
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const crash = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'crash',
    summary: 'Dies of a signal.',
    shorthand: 'signal',
    schema: (z) => z.strictObject({
        signal: z
            .enum(['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGBUS', 'SIGILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])
            .describe('Which one.'),
    }),
    run: ({ signal }) => {
        throw new _run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .RunEnded */ .Q({ kind: 'signal', signal });
    },
});


/***/ })

};
