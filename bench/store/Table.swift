import Kubernetes
import Measure
import Platform

/// What a table costs that holds a reference for each key.
struct TableCost {
    private let keys: [ObjectKey]
    private let value = Shared(Namespace())

    init(count: Int) {
        keys = (0..<count).map { ObjectKey(namespace: "ns-\($0 % 100)", name: "service-\($0)") }
    }

    func ours() throws(PlatformError) -> String {
        let memory = try residentBytes()
        var map = ObjectMap<Namespace>()
        let set = clocked { for key in keys { map[key] = value } }
        let size = try residentBytes() - memory
        var found = 0
        let get = clocked { for key in keys where map[key] != nil { found += 1 } }
        return line("persistent map", size, set, get, found)
    }

    func dictionary() throws(PlatformError) -> String {
        let memory = try residentBytes()
        var map: [ObjectKey: Shared<Namespace>] = [:]
        let set = clocked { for key in keys { map[key] = value } }
        let size = try residentBytes() - memory
        var found = 0
        let get = clocked { for key in keys where map[key] != nil { found += 1 } }
        return line("dictionary", size, set, get, found)
    }

    private func line(
        _ name: String, _ size: Int, _ set: Duration, _ get: Duration, _ found: Int
    ) -> String {
        "store: \(name) of \(found): \(size / keys.count) bytes an entry, "
            + "set \(set.nanoseconds / Int64(keys.count)) ns, "
            + "get \(get.nanoseconds / Int64(keys.count)) ns"
    }
}

func clocked(_ body: () -> Void) -> Duration {
    let start = MonotonicTime.now
    body()
    return MonotonicTime.now - start
}

/// What of the process is in memory now.
func residentBytes() throws(PlatformError) -> Int {
    let text = String(decoding: try File.read("/proc/self/statm"), as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
}
