export const id = 549;
export const ids = [549];
export const modules = {

/***/ 3549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   print: () => (/* binding */ print)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const print = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'print',
    summary: 'Prints text as it is, past the event format: forged commands, lines that are no JSON, log lines.',
    shorthand: 'text',
    schema: (z) => z.strictObject({
        text: z.string().describe('Printed unchanged.'),
        to: z.enum(['stdout', 'stderr']).optional().describe('Where; `stdout` by default.'),
        newline: z.boolean().optional().describe('`false` leaves out the newline at the end.'),
    }),
    run: ({ text, to = 'stdout', newline = true }, agent) => {
        const line = newline ? `${text}\n` : text;
        return to === 'stdout' ? agent.write(line) : agent.error(line);
    },
});


/***/ })

};
