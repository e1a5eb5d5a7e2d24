import JSON
package import Network
import Platform

/// What the node's agent says of the node's own ranges, so that the configuration need not change.
package struct RangeFile: Equatable, Sendable {
    package var podCIDRs: [CIDR] = []
    package var mtu: Int?
    package var routes: [NetworkResult.Route] = []
}

extension RangeFile {
    /// Reads the file that `rangeFile` names; one that is missing is made when the agent is ready.
    package init(path: String) throws(CNIError) {
        let content: [UInt8]
        do throws(PlatformError) {
            content = try File.read(path, limit: Self.limit)
        } catch {
            throw CNIError(
                .tryAgainLater, "the range file \(path) cannot be read",
                details: "\(error); the node's agent writes it: see that it runs")
        }
        try self.init(content, at: path)
    }

    /// The content, in our own form or flannel's.
    package init(_ content: [UInt8], at path: String) throws(CNIError) {
        let first = content.first { !Self.blanks.contains($0) }
        if first == UInt8(ascii: "{") {
            try self.init(document: try JSONValue(parsing: content.span), at: path)
        } else {
            try self.init(environment: String(decoding: content, as: UTF8.self), at: path)
        }
        guard podCIDRs.isEmpty else { return }
        throw CNIError(
            .tryAgainLater, "the range file \(path) names no range",
            details: "it needs \"podCIDRs\": […], or FLANNEL_SUBNET= as flannel writes it")
    }

    private static let limit = 1 << 20
    private static let blanks = [UInt8](" \t\r\n".utf8)
}

extension RangeFile {
    private init(document: JSONValue, at path: String) throws(CNIError) {
        self.init()
        let settings = Settings(document.object ?? [:], at: path)
        for element in try settings["podCIDRs"].elements() ?? [] {
            guard let subnet = try element.subnet() else { throw element.wrong("is empty") }
            podCIDRs.append(subnet)
        }
        mtu = try settings["mtu"].integer(in: Self.mtus)
        for element in try settings["routes"].elements() ?? [] {
            routes.append(try NetworkResult.Route(element))
        }
    }

    /// Reads flannel's subnet.env: lines of KEY=value, the subnets with the gateway's host part.
    private init(environment text: String, at path: String) throws(CNIError) {
        self.init()
        var object = JSONObject()
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            object.members.append(JSONObject.Member(key: parts[0], value: .string(parts[1])))
        }
        let settings = Settings(object, at: path)
        for key in ["FLANNEL_SUBNET", "FLANNEL_IPV6_SUBNET"] where settings[key].isPresent {
            let network = try settings[key].interfaceAddress().network
            guard let subnet = try Setting(.string("\(network)"), at: settings[key].path).subnet()
            else { continue }
            podCIDRs.append(subnet)
        }
        let mtu = settings["FLANNEL_MTU"]
        if let text = try mtu.string() {
            self.mtu = try Setting(.number(text), at: mtu.path).integer(in: Self.mtus)
        }
    }

    /// What IPv4 asks of a link at least (RFC 791), and what an IP packet has at most.
    private static let mtus = 68...65_535
}
