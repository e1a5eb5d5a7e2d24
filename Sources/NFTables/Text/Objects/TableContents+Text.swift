extension TableContents {
    /// All of the table as `nft list table` prints it and `nft -f` reads it.
    ///
    /// What nft has no words for stands as a comment in its place.
    package var nftText: String {
        do throws(NFTablesError) {
            let header = "table \(try table.name.nftText()) {"
            var blocks = [String]()
            let properties = try table.nftProperties()
            if !properties.isEmpty { blocks.append(properties.map { "\t\($0)\n" }.joined()) }
            blocks += setBlocks + chainBlocks
            return "\(header)\n\(blocks.joined(separator: "\n"))}\n"
        } catch {
            return .unwritable("table \(table.name)", error) + "\n"
        }
    }

    private var knownSets: KnownSets {
        sets.reduce(into: KnownSets()) { $0.add($1) }
    }

    private var setBlocks: [String] {
        sets.filter { !$0.set.flags.contains(.anonymous) }.map { contents in
            do throws(NFTablesError) {
                return try contents.nftBlock()
            } catch {
                let set = contents.set
                return "\t" + .unwritable("\(Command.addSet(set, .tolerant))", error) + "\n"
            }
        }
    }

    private var chainBlocks: [String] {
        let known = knownSets
        let rules = Dictionary(grouping: rules, by: \.rule.chain)
        return chains.map { chain in
            do throws(NFTablesError) {
                let name = try chain.name.name.nftName()
                var lines = try chain.nftProperties()
                lines += (rules[chain.name] ?? []).map { $0.rule.nftLine(known) }
                return "\tchain \(name) {\n\(lines.map { "\t\t\($0)\n" }.joined())\t}\n"
            } catch {
                return "\t" + .unwritable("\(Command.addChain(chain, .tolerant))", error) + "\n"
            }
        }
    }
}

extension Rule {
    fileprivate func nftLine(_ sets: KnownSets) -> String {
        do throws(NFTablesError) {
            return try RuleText.text(self, sets)
        } catch {
            return .unwritable("\(Command.addRule(self, .last))", error)
        }
    }
}

extension TableContents.Contents {
    /// Continued elements stand below the first one.
    private static let separator = ",\n\t\t\t     "

    fileprivate func nftBlock() throws(NFTablesError) -> String {
        let name = try set.name.name.nftName()
        var lines = try set.nftProperties()
        if !elements.isEmpty {
            let texts = try texts().joined(separator: Self.separator)
            lines.append("elements = { \(texts) }")
        }
        return "\t\(set.nftNoun) \(name) {\n\(lines.map { "\t\t\($0)\n" }.joined())\t}\n"
    }

    /// The elements by their keys, for the kernel's order changes.
    func texts() throws(NFTablesError) -> [String] {
        let types = set.elementTypes
        var texts = [String]()
        for element in elements.sorted(by: { $0.key < $1.key }) {
            texts.append(try types.text(element))
        }
        return texts
    }
}
