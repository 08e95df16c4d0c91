// Proves the LMS of the browser tests: first the strict API alone and its
// rules, then everything around it in Chromium, with a tiny hand-written SCO.

import "./lms/proofs/strict12.mjs";
import "./lms/proofs/strict2004.mjs";
import "./lms/proofs/sessions.mjs";
import "./lms/proofs/beacons.mjs";
import "./lms/proofs/faults.mjs";
import "./lms/proofs/host.mjs";
