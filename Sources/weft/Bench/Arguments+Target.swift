import Bench
import Support

extension Arguments {
    /// The service that is there, and how it is measured; nil if none is named.
    var target: TargetSettings? {
        get throws {
            guard let target = try place("target") else {
                for option in ["direct", "udp", "http", "pace"] where has(option) {
                    throw UsageError("--\(option) belongs to --target")
                }
                return nil
            }
            var settings = TargetSettings(target)
            settings.direct = try place("direct")
            settings.usesUDP = has("udp")
            settings.path = text("http")
            settings.connections = try numbers("flows", in: 1...10_000)?.first ?? 1
            if has("pace") { settings.pace = Double(try number("pace", in: 1...10_000_000)) }
            settings.rounds = try BenchSession.rounds(self)
            settings.duration = try duration
            return settings
        }
    }

    private func place(_ option: String) throws(UsageError) -> TargetPlace? {
        guard let text = text(option) else { return nil }
        guard let place = TargetPlace(text) else {
            throw UsageError("--\(option) must be an address or a name, and a port: 10.96.0.10:53")
        }
        return place
    }
}
