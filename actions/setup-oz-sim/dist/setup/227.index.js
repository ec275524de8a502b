export const id = 227;
export const ids = [227];
export const modules = {

/***/ 3227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   subagent: () => (/* binding */ subagent)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const subagent = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'subagent',
    summary: 'Reports the start of a subagent.',
    shorthand: 'task_id',
    schema: (z) => z.strictObject({ task_id: z.string().describe('Its task.') }),
    run: ({ task_id }, agent) => agent.emit({ type: 'Subagent', task_id }),
});


/***/ })

};
