export const id = 409;
export const ids = [409];
export const modules = {

/***/ 4409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bytes: () => (/* binding */ bytes)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const bytes = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'bytes',
    summary: 'Prints raw bytes: invalid UTF-8, NULs, garbage.',
    shorthand: 'hex',
    schema: (z) => z.strictObject({
        hex: z
            .string()
            .regex(/^([0-9a-fA-F]{2}|\s)*$/, 'expected pairs of hexadecimal digits')
            .describe('The bytes as hexadecimal digits; blanks are allowed.'),
        repeat: z.int().positive().optional().describe('How many times; once by default.'),
    }),
    run: ({ hex, repeat = 1 }, agent) => {
        const once = Buffer.from(hex.replace(/\s+/g, ''), 'hex');
        return agent.write(Buffer.concat(Array.from({ length: repeat }, () => once)));
    },
});


/***/ })

};
