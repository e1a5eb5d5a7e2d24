/// When a pod was seen among those that answer in turns, and when it was clear that it is gone.
struct Sighting {
    private let pod: String
    /// How many there are in turns, with the pod.
    private let servers: Int
    private var connections = 0
    private var failures = 0
    /// How many others have answered one after the other.
    private var others = 0
    /// When the pod had answered first.
    private(set) var first: Duration?
    /// When the pod's turn had gone to another for the first time since it answered last.
    private(set) var left: Duration?

    init(of pod: String, among servers: Int) {
        self.pod = pod
        self.servers = servers
    }

    /// Notes who has answered, or that nobody has, and when.
    mutating func add(_ server: String?, at time: Duration) {
        connections += 1
        if server == nil { failures += 1 }
        guard server != pod else {
            first = first ?? time
            left = nil
            return others = 0
        }
        others += 1
        if others == servers { left = time }
    }

    /// Others have had ten turns each without it.
    var isGone: Bool { others >= servers * ServiceChecks.turns }

    func measurement(_ time: Duration?, within limit: Duration) -> Measurement {
        let answered = "\(connections - failures) of \(connections) answered"
        guard let time else { return Measurement(false, "nothing changed; \(answered)") }
        return Measurement(time < limit && failures == 0, "after \(time.words); \(answered)")
    }
}
