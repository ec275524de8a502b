export const id = 68;
export const ids = [68];
export const modules = {

/***/ 5068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ duration),
/* harmony export */   toMs: () => (/* binding */ toMs)
/* harmony export */ });
/* harmony import */ var _cli_values_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1612);

const duration = (z) => z.string().regex(/^(\d+(ms|s|m|h))+$|^0$/, "expected a duration such as '250ms', '2s' or '1m'");
const toMs = (value) => value === undefined ? 0 : ((0,_cli_values_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .durationMs */ .p)(value) ?? 0);


/***/ })

};
