export const id = 682;
export const ids = [682];
export const modules = {

/***/ 8682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   reasoning: () => (/* binding */ reasoning)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const reasoning = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'reasoning',
    summary: 'Thinks aloud.',
    shorthand: 'text',
    schema: (z) => z.strictObject({ text: z.string().describe('What the agent thinks.') }),
    run: ({ text }, agent) => agent.emit({ type: 'agent_reasoning', text }),
});


/***/ })

};
