/// Which names in a directory are looked at.
enum ManifestName {
    /// The format of a file, if its name is a manifest's.
    ///
    /// Editors' files are none: `.web.yaml.swp`, `web.yaml~`, `#web.yaml#`, `4913`, `sedXYZ`.
    static func format(_ name: String) -> ManifestFile.Format? {
        guard let first = name.utf8.first, !editors.contains(first) else { return nil }
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
        return name.hasSuffix(".json") ? .json : nil
    }

    /// Whether a directory of the name is looked into: not `.git`, nor a mount's `..2026_01_31`.
    static func isDirectory(_ name: String) -> Bool { name.utf8.first != UInt8(ascii: ".") }

    /// The link that the kubelet turns when a mounted ConfigMap changes.
    static let mountLink = "..data"

    private static let editors = [UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "~")]
}
