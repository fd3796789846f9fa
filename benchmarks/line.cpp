// A serial line as one loop in C++: the least that such a run costs. Philox streams, a heap of
// events, blocking after service, and for every object what the engine counts: items in and out,
// content over time, stays with their extremes, time in each state. Same numbers as SimPy's twin.
//
//     line STATIONS UNTIL MEAN_ARRIVALS MEAN_WORK BUFFER SEED  →  items, mean stay, CPU seconds

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <limits>
#include <queue>
#include <vector>

constexpr double INF = std::numeric_limits<double>::infinity();
constexpr std::uint64_t FIRST_NUMBER = 101;

struct Stream {
    std::uint64_t key[2], counter = 0, words[4];
    int used = 4;

    void block() {
        std::uint64_t c0 = ++counter, c1 = 0, c2 = 0, c3 = 0, k0 = key[0], k1 = key[1];
        for (int round = 0; round < 10; ++round) {
            const auto p0 = static_cast<unsigned __int128>(0xD2E7470EE14C6C93u) * c0;
            const auto p1 = static_cast<unsigned __int128>(0xCA5A826395121157u) * c2;
            c0 = static_cast<std::uint64_t>(p1 >> 64) ^ c1 ^ k0;
            c2 = static_cast<std::uint64_t>(p0 >> 64) ^ c3 ^ k1;
            c1 = static_cast<std::uint64_t>(p1);
            c3 = static_cast<std::uint64_t>(p0);
            k0 += 0x9E3779B97F4A7C15u;
            k1 += 0xBB67AE8584CAA73Bu;
        }
        words[0] = c0, words[1] = c1, words[2] = c2, words[3] = c3, used = 0;
    }

    double exponential(double mean) {
        if (used == 4) block();
        return -mean * std::log(1.0 - static_cast<double>(words[used++] >> 11) * 0x1p-53);
    }
};

struct Object {  // what is counted of a source, a queue or a station
    long input = 0, output = 0, content = 0, least = 0, most = 0;
    double moment = 0, stays = 0, shortest = INF, longest = 0, since = 0, times[3] = {};
    int state = 0;

    void show(int next, double now) {
        if (next == state) return;
        times[state] += now - since;
        state = next, since = now;
    }
    void enter(double now) {
        ++input, moment += now;
        if (++content > most) most = content;
    }
    void leave(double entered, double now) {
        ++output, moment -= now;
        if (--content < least) least = content;
        const double stay = now - entered;
        stays += stay;
        if (stay > longest) longest = stay;
        if (stay < shortest) shortest = stay;
    }
};

struct Item { double born, entered; };
struct Event {
    double time;
    long order;
    int place;  // 0 the source, n the n-th station
    bool operator<(const Event& other) const {
        return time > other.time || (time == other.time && order > other.order);
    }
};

struct Place {  // a station (or the source) and the queue before it
    Object queue, station;
    Stream stream;
    std::deque<Item> waiting;
    Item held{};
    bool working = false, blocked = false;
};

struct Line {
    std::vector<Place> places;
    std::priority_queue<Event> calendar;
    double now = 0, gap, mean, total = 0, wip_moment = 0;
    long order = 0, items = 0, room, wip = 0, most = 0;

    Line(int stations, double gap, double mean, long room, std::uint64_t seed)
        : places(stations + 1), gap(gap), mean(mean), room(room) {
        for (int n = 0; n <= stations; ++n) {  // the objects' order: source, queue, station, …
            places[n].stream.key[0] = seed;
            places[n].stream.key[1] = FIRST_NUMBER + 2 * n;
        }
        plan(0, gap);
    }
    void plan(int n, double mean) {
        calendar.push({now + places[n].stream.exponential(mean), order++, n});
    }
    bool has_room(int n) const {
        return n == 1 || static_cast<long>(places[n].waiting.size()) < room;
    }
    void begin(int n) {  // the next item from the queue, and with its room what waits before it
        Place& p = places[n];
        if (p.working || p.blocked || p.waiting.empty()) return;
        p.held = p.waiting.front();
        p.waiting.pop_front();
        p.queue.leave(p.held.entered, now);
        p.queue.show(p.queue.content > 0, now);
        p.held.entered = now, p.working = true;
        p.station.enter(now);
        p.station.show(1, now);
        plan(n, mean);
        if (n > 1 && places[n - 1].blocked) pass(n - 1);
    }
    void pass(int n) {  // out of a station, into the next queue
        Place& p = places[n];
        p.blocked = false;
        p.station.leave(p.held.entered, now);
        if (n + 1 == static_cast<int>(places.size())) {
            ++items, --wip, wip_moment -= now, total += now - p.held.born;
        } else {
            Place& next = places[n + 1];
            next.waiting.push_back({p.held.born, now});
            next.queue.enter(now);
            next.queue.show(1, now);
            begin(n + 1);
        }
        p.station.show(0, now);
        begin(n);
    }
    void happen(int n) {
        Place& p = places[n];
        if (n == 0) {
            p.held = {now, now};
            if (++wip > most) most = wip;
            wip_moment += now;
            p.station.enter(now);
            pass(0);
            plan(0, gap);
        } else {
            p.working = false;
            if (n + 1 < static_cast<int>(places.size()) && !has_room(n + 1)) {
                p.blocked = true;
                p.station.show(2, now);
            } else {
                pass(n);
            }
        }
    }
    void run(double until) {
        while (calendar.top().time <= until) {
            const Event event = calendar.top();
            calendar.pop();
            now = event.time;
            happen(event.place);
        }
    }
};

int main(int count, char** given) {
    if (count != 7) return 2;
    const std::clock_t started = std::clock();
    Line line(std::atoi(given[1]), std::atof(given[3]), std::atof(given[4]),
              static_cast<long>(std::atof(given[5])), std::strtoull(given[6], nullptr, 10));
    line.run(std::atof(given[2]));
    const double seconds = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    double all = 0;  // so that nothing counted is left out by the compiler
    for (const Place& p : line.places)
        for (const Object* o : {&p.queue, &p.station})
            all += o->moment + o->shortest + o->longest + o->times[0] + o->times[1] + o->times[2] +
                   static_cast<double>(o->input + o->least + o->most);
    std::printf("%ld %.17g %.9g %g\n", line.items, line.total / static_cast<double>(line.items),
                seconds, all + line.wip_moment + static_cast<double>(line.most));
}
