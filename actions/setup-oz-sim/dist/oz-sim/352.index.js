export const id = 352;
export const ids = [352];
export const modules = {

/***/ 9352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   exit: () => (/* binding */ exit)
/* harmony export */ });
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const exit = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'exit',
    summary: 'Ends at once with a status and without another word.',
    shorthand: 'code',
    schema: (z) => z.strictObject({ code: z.int().min(0).max(255).describe('The exit status.') }),
    run: ({ code }) => {
        throw new _run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .RunEnded */ .Q({ kind: 'exit', code });
    },
});


/***/ })

};
