export const id = 900;
export const ids = [900];
export const modules = {

/***/ 8900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fatal: () => (/* binding */ fatal)
/* harmony export */ });
/* harmony import */ var _run_ending_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4637);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const fatal = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'fatal',
    summary: 'Ends with a fatal error: message, `=> cause` lines and the pointer to the log file on stderr.',
    shorthand: 'message',
    schema: (z) => z.strictObject({
        message: z.string().describe('What went wrong.'),
        causes: z.array(z.string()).optional().describe('Why, from near to far.'),
        exit: z.int().min(0).max(255).optional().describe('The exit status; 1 by default.'),
    }),
    run: ({ message, causes, exit }) => {
        throw (0,_run_ending_js__WEBPACK_IMPORTED_MODULE_1__/* .fatal */ .h)(message, causes, exit);
    },
});


/***/ })

};
