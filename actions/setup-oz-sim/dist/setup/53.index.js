export const id = 53;
export const ids = [53];
export const modules = {

/***/ 7053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   wait: () => (/* binding */ wait)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7396);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);


const wait = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'wait',
    summary: 'Does nothing for a while.',
    shorthand: 'for',
    schema: (z) => z.strictObject({ for: (0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p)(z).describe('How long, with a unit.') }),
    run: (input, agent) => agent.sleep((0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .toMs */ .G)(input.for)),
});


/***/ })

};
