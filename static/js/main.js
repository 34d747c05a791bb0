/* The one entry of the scripts: each module looks for its own marks on the page and does nothing without them. */

import { startAutosave } from "./autosave.js";
import { startConditions } from "./conditions.js";
import { startDays } from "./day.js";
import { startDesk } from "./desk.js";
import { startDialogs } from "./dialog.js";
import { startFiles } from "./file.js";
import { startMenus } from "./menu.js";
import { startOnce } from "./once.js";
import { startPackages } from "./package.js";
import { startRegions } from "./region.js";
import { startTally } from "./tally.js";

startMenus();
startDialogs();
startConditions();
startDays();
startDesk();
startFiles();
startOnce();
startPackages();
startRegions();
startTally();
startAutosave();
// Not away from somebody who writes already: to be moved while pressing a button is not to have pressed it.
if (document.activeElement === document.body) document.querySelector("[data-focus-first]")?.focus();
