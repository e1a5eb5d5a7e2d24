package import Network
package import Platform
import Support

/// Asks a program in a namespace how it does, over HTTP.
package struct StatusProbe: Sendable {
    private let place: SocketAddress

    package init(_ port: Port, _ address: IPAddress = .v4(.loopback)) {
        place = .ip(address, port)
    }

    /// The answer; nil if there is none, or one that says that something is wrong.
    package func get(_ path: String, in namespace: borrowing NetworkNamespace) -> String? {
        let answer = try? namespace.run { () throws(PlatformError) in
            try StatusClient.get(path, from: place)
        }
        return answer.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of a metric in Prometheus' text format, by the labels in braces.
    package static func values(of metric: String, in exposition: String) -> [String: Double] {
        var values: [String: Double] = [:]
        for line in exposition.split(separator: "\n") where line.hasPrefix(metric) {
            let rest = line.dropFirst(metric.count)
            guard rest.first == "{" || rest.first == " ", let space = rest.lastIndex(of: " "),
                let value = Double(rest[rest.index(after: space)...])
            else { continue }
            values[String(rest[..<space])] = value
        }
        return values
    }
}
