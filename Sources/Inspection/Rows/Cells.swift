import Kubernetes
import Platform

/// What stands in cells of every table.
enum Cells {
    static let none = "<none>"

    static func list(_ texts: [String]) -> String {
        texts.isEmpty ? none : texts.joined(separator: ",")
    }

    static func text(_ text: String) -> String { text.isEmpty ? none : text }

    static func labels(_ labels: Labels) -> String {
        list(labels.all.map { "\($0.key)=\($0.value)" })
    }

    /// How old an object is, as roughly as `kubectl` says it.
    static func age(_ meta: ObjectMeta, at now: WallTime) -> String {
        guard let created = meta.creationTime else { return "<unknown>" }
        return duration(max(0, now.nanoseconds / 1_000_000_000 - created.seconds))
    }

    /// The largest unit of seconds, with the next smaller one while that matters.
    static func duration(_ seconds: Int64) -> String {
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        return switch seconds {
        case ..<120: "\(seconds)s"
        case ..<600: pair(minutes, "m", seconds % 60, "s")
        case ..<(3 * 3600): "\(minutes)m"
        case ..<(8 * 3600): pair(hours, "h", minutes % 60, "m")
        case ..<(48 * 3600): "\(hours)h"
        case ..<(8 * 86_400): pair(days, "d", hours % 24, "h")
        case ..<(730 * 86_400): "\(days)d"
        case ..<(2920 * 86_400): pair(days / 365, "y", days % 365, "d")
        default: "\(days / 365)y"
        }
    }

    private static func pair(
        _ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String
    ) -> String { small == 0 ? "\(large)\(unit)" : "\(large)\(unit)\(small)\(smallUnit)" }
}
