/// What of a real service is measured, and how.
package struct TargetSettings: Hashable, Sendable {
    package var target: TargetPlace
    /// What is measured beside it by turns, as one of its endpoints.
    package var direct: TargetPlace?
    /// Sends datagrams, each of which must be answered, instead of connecting.
    package var usesUDP = false
    /// How many connections are made, or datagrams are on their way, at the same time.
    package var connections = 1
    /// The path that is asked for by HTTP on each connection, until the first byte of an answer.
    package var path: String?
    /// How many begin each second; nil begins the next as soon as one has ended.
    package var pace: Double?
    package var rounds = 10
    package var duration = Duration.seconds(1)

    package init(_ target: TargetPlace) { self.target = target }
}

extension TargetSettings {
    /// What is done to the service.
    var workloads: [Workload] {
        if usesUDP { return [.datagram(.anything)] }
        guard let path else { return [.connect] }
        return [.connect, .firstByte(.http(path, host: target.text))]
    }
}

extension Request {
    /// A datagram with nothing that its receiver would understand.
    fileprivate static let anything = Request(Request.echo.bytes)

    /// A request for a path, as a browser's.
    fileprivate static func http(_ path: String, host: String) -> Request {
        let lines = [
            "GET \(path) HTTP/1.1", "Host: \(host)", "User-Agent: weft-bench", "Accept: */*",
            "Connection: close", "", "",
        ]
        return Request(Array(lines.joined(separator: "\r\n").utf8))
    }
}
