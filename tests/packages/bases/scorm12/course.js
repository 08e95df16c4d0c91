var api = window.parent.API;
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_status", "completed");
api.LMSCommit("");
addEventListener("pagehide", function () { api.LMSFinish(""); });
