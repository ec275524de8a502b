export const id = 506;
export const ids = [506];
export const modules = {

/***/ 3506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   commentsAddressed: () => (/* binding */ commentsAddressed)
/* harmony export */ });
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2730);

const commentsAddressed = (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .defineStep */ .o)({
    name: 'comments_addressed',
    summary: 'Reports review comments as addressed.',
    shorthand: 'comments',
    schema: (z) => z.strictObject({
        comments: z
            .array(z.strictObject({
            comment_text: z.string(),
            file_path: z.string(),
            line_number: z.int(),
            head_title: z.string(),
        }))
            .describe('The comments.'),
    }),
    run: ({ comments }, agent) => agent.emit({ type: 'num_comments_addressed', addressed_comments: comments }),
});


/***/ })

};
