export const id = 907;
export const ids = [907];
export const modules = {

/***/ 4907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   completeTodos: () => (/* binding */ completeTodos)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const completeTodos = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'complete_todos',
    summary: 'Ticks items of the list off.',
    shorthand: 'titles',
    schema: (z) => z.strictObject({ titles: z.array(z.string()).describe('The titles that are done.') }),
    run: ({ titles }, agent) => agent.emit({
        type: 'complete_todos',
        completed_todos: titles.map((title) => ({ title, description: '' })),
    }),
});


/***/ })

};
