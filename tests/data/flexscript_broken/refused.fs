Object queue = Object.create("Queue");
if (0) fileopen("C:/secret.txt", "r");
if (0) runprogram("calc.exe");
if (0) dbopen("DSN", "query", "table", 1);
if (0) excelopen("book.xlsx");
if (0) socketinit();
if (0) loadimage("x.png", "y");
if (0) activateview(queue);
if (0) autosave(1);
