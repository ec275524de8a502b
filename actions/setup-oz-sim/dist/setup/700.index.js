export const id = 700;
export const ids = [700];
export const modules = {

/***/ 9700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hang: () => (/* binding */ hang)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const hang = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'hang',
    summary: 'Never goes on (`- hang:`). With `start: silent` and as first step: the hang at start-up.',
    schema: (z) => z.strictObject({}),
    run: async (_input, agent) => {
        for (;;)
            await agent.sleep(3_600_000);
    },
});


/***/ })

};
