var api = window.parent.API_1484_11;
api.Initialize("");
api.SetValue("cmi.completion_status", "completed");
api.Commit("");
addEventListener("pagehide", function () { api.Terminate(""); });
