export const id = 639;
export const ids = [639];
export const modules = {

/***/ 639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cloud: () => (/* binding */ cloud)
/* harmony export */ });
const waiting = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS'];
const cloud = {
    'cloud-succeeded': {
        description: 'Goes through every state and succeeds.',
        cloud: { states: [...waiting, 'SUCCEEDED'], printed: ['InProgress'] },
    },
    'cloud-failed': {
        description: 'Fails; run-cloud exits 0 all the same.',
        cloud: { states: [...waiting, 'FAILED'], printed: ['InProgress', 'Failed'], error: 'The agent gave up' },
    },
    'cloud-error': {
        description: 'Ends with an error of the service.',
        cloud: {
            states: [...waiting, 'ERROR'],
            printed: ['Error'],
            error: 'The environment could not be set up',
            run: {
                status_message: {
                    message: 'The environment could not be set up',
                    error_code: 'environment-setup-failed',
                    retryable: true,
                },
            },
        },
    },
    'cloud-blocked': {
        description: 'Waits for a person.',
        cloud: { states: [...waiting, 'BLOCKED'], printed: ['InProgress', 'Blocked'] },
    },
    'cloud-cancelled': {
        description: 'Someone cancels it.',
        cloud: { states: [...waiting, 'CANCELLED'], printed: ['InProgress', 'Unknown'] },
    },
    'cloud-unknown': {
        description: 'Comes to a state that no published release has.',
        cloud: { states: ['QUEUED', 'HIBERNATED'], printed: ['Unknown'] },
    },
    'cloud-at-capacity': {
        description: 'Stays queued: no worker is free.',
        cloud: { states: ['QUEUED'], printed: [], notice: 'All workers are busy; the run is queued.' },
    },
};


/***/ })

};
