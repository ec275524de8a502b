export const id = 735;
export const ids = [735];
export const modules = {

/***/ 7735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   todos: () => (/* binding */ todos)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const todos = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'todos',
    summary: 'Shows the list of what is to be done.',
    shorthand: 'titles',
    schema: (z) => z.strictObject({ titles: z.array(z.string()).describe('One title an item.') }),
    run: ({ titles }, agent) => agent.emit({ type: 'update_todos', todo_list: titles.map((title) => ({ title, description: '' })) }),
});


/***/ })

};
