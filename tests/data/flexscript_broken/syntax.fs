Object a = Object.create("Source")
Object b = Object.create("Queue");
float rate = 0.5;
for (int i = 0; i < 3; i++ {
    print(i);
}
do { print(1); } while (0);
try { print(2); } catch { }
class Machine { }
print("“quoted”);
if (a == b) { print("same"; }
string text = “curly”;
