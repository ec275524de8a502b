export const id = 858;
export const ids = [858];
export const modules = {

/***/ 6858:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   event: () => (/* binding */ event)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const event = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'event',
    summary: 'Emits any event as it stands: types of a later release, or malformed ones.',
    schema: (z) => z.looseObject({ type: z.string().describe('Its type; every other key is kept.') }),
    run: (input, agent) => agent.emit(input),
});


/***/ })

};
