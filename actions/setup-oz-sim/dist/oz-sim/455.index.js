export const id = 455;
export const ids = [455];
export const modules = {

/***/ 6455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   skill: () => (/* binding */ skill)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const skill = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'skill',
    summary: 'Reports that a skill was invoked.',
    shorthand: 'name',
    schema: (z) => z.strictObject({ name: z.string().describe('Name of the skill.') }),
    run: ({ name }, agent) => agent.emit({ type: 'SkillInvoked', name }),
});


/***/ })

};
